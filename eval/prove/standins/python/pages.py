"""Reads a page as a browser would."""
from html.parser import HTMLParser


class Page(HTMLParser):
    """tags, attributes as (tag, name, value), and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(text if isinstance(text, str) else text.decode())
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attributes]

    def handle_data(self, data):
        self.text += data + " "

    def script(self):
        """What would run in the page: script tags, handlers of events, javascript: addresses."""
        found = [tag for tag in self.tags if tag == "script"]
        for _, name, value in self.attributes:
            if name.startswith("on") or name in ("href", "src", "action") and value.strip().lower().startswith("javascript:"):
                found.append(f"{name}={value}")
        return found
