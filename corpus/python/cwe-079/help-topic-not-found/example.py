from django.http import HttpResponseNotFound
from django.shortcuts import render
from django.utils.html import escape


def help_topic(request):
    topic = request.GET.get("topic", "start")
    pages = {"start": "help/start.html", "payment": "help/payment.html", "returns": "help/returns.html"}
    if topic not in pages:
        # error pages are HTML like any other: nothing escapes for a plain response
        return HttpResponseNotFound(f"<h1>There is no help on {escape(topic)}</h1>")
    return render(request, pages[topic])
