        UnaryOperator<String> text = s -> s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
        for (Entry entry : entries) {
            html.append("<p><b>").append(text.apply(entry.name())).append("</b> ").append(text.apply(entry.message())).append("</p>\n");
        }
        return html.append("</body></html>\n").toString();
    }
