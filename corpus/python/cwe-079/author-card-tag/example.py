from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def author_card(author, motto):
    # format_html escapes every argument before it is put in
    return format_html(
        '<div class="author" title="{}"><strong>{}</strong></div>',
        motto,
        author,
    )
