import argparse
import json

from jinja2 import Environment


def main():
    parser = argparse.ArgumentParser(description="Write the week's tickets as a web page.")
    parser.add_argument("tickets", help="JSON file with a list of tickets")
    parser.add_argument("--output", default="report.html")
    options = parser.parse_args()

    with open(options.tickets, encoding="utf-8") as source:
        tickets = json.load(source)
    # Jinja2 escapes nothing unless it is told to
    page = Environment(autoescape=True).from_string(
        "<table>{% for t in tickets %}<tr><td>{{ t.id }}</td><td>{{ t.subject }}</td></tr>{% endfor %}</table>"
    )
    with open(options.output, "w", encoding="utf-8") as report:
        report.write(page.render(tickets=tickets))


if __name__ == "__main__":
    main()
