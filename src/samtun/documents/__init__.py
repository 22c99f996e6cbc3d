"""Accessible PDFs and QR codes; a tool without models.

Made from the plain values in `content` with Typst; see `pdf` for the documents and `qr` for
codes on pages. Callers import `pdf`, `qr`, `content` and `errors`.
"""
