from jinja2 import Environment


def fill_in(template, member, event):
    return Environment().from_string(template).render(
        name=member["name"],
        event=event["title"],
        day=event["day"],
    )
