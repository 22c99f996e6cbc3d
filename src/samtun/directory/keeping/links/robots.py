"""What a web server asks robots to leave alone (RFC 9309)."""

from dataclasses import dataclass
from datetime import datetime
from urllib.robotparser import RobotFileParser

AGENT = "Samtun"
STAYS_FOR = 24 * 3600  # seconds
NOBODY = "User-agent: *\nDisallow: /\n"  # what a server that cannot tell is read as
LONGEST_DELAY = 30.0


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one server as they were read at a moment; no text: all is allowed."""

    text: str
    read_at: datetime

    def is_fresh(self, now: datetime) -> bool:
        """Whether they need not be read again."""
        return (now - self.read_at).total_seconds() < STAYS_FOR

    def allow(self, path: str) -> bool:
        """Whether a robot of our name may look at `path`."""
        return self._parsed().can_fetch(AGENT, path)

    def pause(self) -> float:
        """The seconds between two requests that it asks for, within reason."""
        asked = self._parsed().crawl_delay(AGENT)
        try:
            return min(float(asked or 0), LONGEST_DELAY)
        except ValueError:
            return 0.0

    def _parsed(self) -> RobotFileParser:
        parser = RobotFileParser()
        parser.parse(self.text.splitlines())
        return parser
