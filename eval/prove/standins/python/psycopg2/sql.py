"""Stands for psycopg2's composition of statements; see dbstandin."""


class Composable:
    def __init__(self, text):
        self.text = text

    def as_string(self, _):
        return self.text


class SQL(Composable):
    def format(self, *parts, **named):
        return Composable(self.text.format(
            *(part.as_string(None) for part in parts), **{name: part.as_string(None) for name, part in named.items()}))


class Identifier(Composable):
    def as_string(self, _):
        return '"' + self.text.replace('"', '""') + '"'


class Literal(Composable):
    def as_string(self, _):
        return "'" + str(self.text).replace("'", "''") + "'"
