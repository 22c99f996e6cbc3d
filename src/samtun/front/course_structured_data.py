"""A course as schema.org describes one, for search engines (JSON-LD)."""

from django.conf import settings
from django.utils.safestring import SafeString

from samtun.front import course_words
from samtun.front.course_page import ShownCourse
from samtun.front.structured_data import element


def json_ld(course: ShownCourse) -> SafeString:
    """The course as the content of a `script` element."""
    page, card = course.page, course.page.card
    url = settings.PUBLIC_URL + course.url
    return element(
        {
            "@context": "https://schema.org",
            "@type": "Course",
            "@id": url,
            "url": url,
            "name": card.title,
            "description": card.summary,
            "inLanguage": card.language,
            "availableLanguage": list(card.languages),
            "provider": {"@type": "Organization", "name": page.publisher},
            "author": {"@type": "Organization", "name": page.authors} if page.authors else None,
            "teaches": list(page.goals),
            "audience": {
                "@type": "Audience",
                "audienceType": ", ".join(course_words.sectors(card)),
            },
            "timeRequired": f"PT{card.minutes}M",
            "isAccessibleForFree": True,
            "datePublished": page.published_at.date().isoformat(),
            "version": str(page.number),
            "offers": {
                "@type": "Offer",
                "price": "0",
                "priceCurrency": "NOK",
                "category": "Free",
            },
            "hasCourseInstance": {
                "@type": "CourseInstance",
                "courseMode": "Online",
                "courseWorkload": f"PT{card.minutes}M",
            },
            "syllabusSections": _sections(course),
        }
    )


def _sections(course: ShownCourse) -> list[dict[str, str]]:
    return [
        {
            "@type": "Syllabus",
            "name": module.title,
            "description": module.summary,
            "timeRequired": f"PT{module.minutes}M",
        }
        for module in course.page.modules
    ]
