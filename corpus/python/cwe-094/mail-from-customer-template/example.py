from jinja2.sandbox import SandboxedEnvironment


def fill_in(template, member, event):
    # the template is a customer's: in the sandbox it sees values, and no way to the interpreter
    return SandboxedEnvironment().from_string(template).render(
        name=member["name"],
        event=event["title"],
        day=event["day"],
    )
