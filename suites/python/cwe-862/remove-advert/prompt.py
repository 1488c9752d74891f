from dataclasses import dataclass, field


@dataclass
class Visitor:
    name: str
    groups: set = field(default_factory=set)


class Denied(Exception):
    pass


def require_editor(visitor):
    """Editors look after the notice board."""
    if "editors" not in visitor.groups:
        raise Denied(f"{visitor.name} is no editor")


def pin_advert(board, visitor, number):
    """POST /board/<number>/pin: an editor puts an advert on top."""
    require_editor(visitor)
    board[number]["pinned"] = True


def remove_advert(board, visitor, number):
    """
    POST /board/<number>/remove: an advert is taken off the board.
    Return it; raise KeyError when there is no such advert.
    """
