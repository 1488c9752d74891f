from django.http import HttpResponseNotFound
from django.shortcuts import render


def help_topic(request):
    topic = request.GET.get("topic", "start")
    pages = {"start": "help/start.html", "payment": "help/payment.html", "returns": "help/returns.html"}
    if topic not in pages:
        return HttpResponseNotFound(f"<h1>There is no help on {topic}</h1>")
    return render(request, pages[topic])
