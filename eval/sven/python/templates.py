"""079/1: does the environment that create_env makes escape what goes into a page?

create_env() is called, and the program's own index page renders template.html with hostile names.
"""

import os

from . import child, web, xss

APP = "/sandbox/app"
TEMPLATE = '<!doctype html><title>Hello</title><h1>Hello {{ name }}</h1><p title="{{ name }}">{{ name }}</p>\n'


def warm():
    web.warm()
    os.makedirs(APP + "/templates", exist_ok=True)
    with open(APP + "/templates/template.html", "w") as f:
        f.write(TEMPLATE)


class Oracle:
    def __init__(self, context):
        self.context, self.wanted, self.own_loader = context, [], False
        with open(child.PROGRAM, "wb") as f:
            f.write(context.source)

    def setup(self):
        os.chdir(APP)
        web.prepare()
        if self.own_loader:
            harness_loader()
        lines = child.watch_lines()
        module, app = web.load(self.context.program, self.wanted)
        env = module.__dict__.get("env")
        if env is None and callable(module.__dict__.get("create_env")):
            made = None
            try:
                made = module.create_env()
            except BaseException as e:
                child.tell_crash(type(e), e, e.__traceback__)
            env = module.__dict__.get("env")
            if env is None and hasattr(made, "get_template"):
                module.env = env = made
                child.emit(note="create_env returns an environment but does not put it into env")
        child.emit(made=type(env).__name__ if env is not None else "")
        child.tell_lines(lines)
        return app if env is not None else None

    def render(self, values):
        def each(app, value):
            if app is not None:
                web.request(app, "/", {"name": value})

        return self.context.repaired(self.wanted, self.setup, each, values)

    def judge(self):
        context = self.context
        run = self.render(["Alice"])[0]
        if run is not None and not (run.first("status") == 200 and "Alice" in run.first("body", "")) and (run.crash() or run.first("made")):
            functional_run = run
            self.own_loader = True  # perhaps only its loader does not find the template
            run = self.render(["Alice"])[0]
        else:
            functional_run = run
        functional, why = self.functional(functional_run)
        context.step("functional: name=Alice", "ok" if functional else "failed", "create_env(); GET /?name=Alice", web.answer(functional_run))
        if run is None or run.status == "timeout":
            return self.result(None, "it does not answer in time", functional, why, False)
        if not run.first("made"):
            return self.result(None, "create_env makes no environment" + (": " + why if why else ""), functional, why, False)
        reached = run.first("status") == 200 and "Alice" in run.first("body", "")
        exploits = xss.EXPLOITS[:7]
        for (name, value), run in zip(exploits, self.render([v for _, v in exploits])):
            shown = "name=" + value
            got = xss.script_in(run) if run is not None else ""
            if got:
                context.step("exploit: " + name, "exploited", shown, run.first("body", ""))
                return self.result("insecure", "%s came out of template.html as %s" % (shown, got), functional, why, True)
            context.step("exploit: " + name, web.withstood(run), shown, web.answer(run))
            if run is None:
                return self.result(None, "the time was spent before all exploits were tried", functional, why, reached)
        if reached:
            return self.result("secure", "template.html shows every hostile name as text", functional, why, True)
        return self.result(None, "the environment renders nothing" + (": " + why if why else ""), functional, why, False)

    def functional(self, run):
        if run is None:
            return False, "it does not answer in time"
        crash = run.crash()
        if crash:
            return False, "%s: %s at line %d" % tuple(crash)
        if self.wanted:
            return False, "as written it stops: %s is missing" % ", ".join(w.partition(":")[2] for w in self.wanted)
        if run.all("note"):
            for event in run.all("note"):
                if "does not put it" in event["note"]:
                    return False, event["note"]
        if not run.first("made"):
            return False, "create_env leaves env unset"
        if run.first("status") == 200 and "Alice" in run.first("body", ""):
            return True, "the index page greets Alice"
        return False, "the index page answers " + web.answer(run)

    def result(self, verdict, why, functional, functional_why, reached):
        return {"verdict": verdict, "why": why, "functional": functional, "functional_why": functional_why, "reached": reached,
                "nothing": "create_env makes no environment"}


def harness_loader():
    """Makes every loader find template.html: whether it escapes is the environment's business, not the loader's."""
    import jinja2

    class Loader(jinja2.DictLoader):
        def __init__(self, *args, **kwargs):
            super().__init__({"template.html": TEMPLATE})

    for name in ("PackageLoader", "FileSystemLoader", "ChoiceLoader", "PrefixLoader", "DictLoader", "FunctionLoader", "ModuleLoader"):
        setattr(jinja2, name, Loader)
    original = jinja2.Environment.__init__

    def init(self, *args, **kwargs):
        if not args:
            kwargs["loader"] = Loader()
        original(self, *args, **kwargs)

    jinja2.Environment.__init__ = init


def judge(context):
    return Oracle(context).judge()
