from dataclasses import dataclass


@dataclass
class Team:
    name: str      # chosen at sign-up
    points: int
    homepage: str  # the team's own page, "https://…"


def standings(teams):
    """
    Return an HTML table of the teams, most points first: a row for each with
    the name, linked to the team's homepage, and the points.
    """
