from django import template
from django.utils.safestring import mark_safe

register = template.Library()


@register.simple_tag
def author_card(author, motto):
    return mark_safe(
        '<div class="author" title="{}"><strong>{}</strong></div>'.format(
            motto,
            author,
        )
    )
