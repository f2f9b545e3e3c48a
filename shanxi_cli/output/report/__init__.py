"""A dossier as a page, a Markdown document or a Word document to hand over."""
