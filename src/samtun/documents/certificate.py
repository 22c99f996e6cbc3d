"""Certificates as PDF/UA-1."""

from samtun.documents.certificate_content import CertificatePaper
from samtun.documents.certificate_pages import certificate_page
from samtun.documents.pdf import made_pdf


def certificate_pdf(paper: CertificatePaper) -> bytes:
    """That somebody has learnt something, on one page of A4 that anyone can check.

    Raises:
        DocumentError: when it could not be made; the text is fit for the user.
    """
    return made_pdf("certificate", lambda: certificate_page(paper), paper.language, paper.made_on)
