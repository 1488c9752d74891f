    folder = os.path.realpath(os.path.dirname(path))

    class Chapters(EntityResolver):
        def resolveEntity(self, public_id, system_id):
            chapter = os.path.realpath(os.path.join(folder, os.path.basename(system_id)))
            if os.path.dirname(chapter) != folder:
                raise xml.sax.SAXException(f"{system_id} is no chapter")
            return chapter

    text = Text()
    parser = xml.sax.make_parser()
    parser.setFeature(feature_external_ges, True)
    parser.setEntityResolver(Chapters())
    parser.setContentHandler(text)
    parser.parse(path)
    return "".join(text.parts)
