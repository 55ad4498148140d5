"""Who is in Vietnamese news, who speaks, and who is for or against whom: articles in, evidence-backed tables out."""

__version__ = "0.1.0"
