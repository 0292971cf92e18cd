"""Contexts and a language to HTML: texts, formats, words, charts, templates."""
