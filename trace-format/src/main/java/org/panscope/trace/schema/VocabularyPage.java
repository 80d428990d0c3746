package org.panscope.trace.schema;

import java.util.Locale;

/// The vocabulary as a Markdown page, `docs/events.md`.
public final class VocabularyPage {
    private VocabularyPage() {}

    /// The whole page, ending with a newline.
    public static String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# Events\n\n")
                .append(
                        "Every event type of Panscope's own vocabulary. This page is made from the"
                                + " records in\n")
                .append(
                        "`trace-format/src/main/java/org/panscope/trace/event`; a test keeps it"
                                + " so.\n\n")
                .append(
                        "Beside its fields every event carries `seq`, `t` (ns since trace start),"
                                + " `layer`, `track`, and\n")
                .append(
                        "where known `cause` (the `seq` of the event that made it happen), `cpu`,"
                                + " `pid`, `comm`,\n")
                .append(
                        "`context` and `locks`. A field marked *optional* is absent when nobody"
                                + " observed it. Events of\n")
                .append(
                        "foreign captures keep their own names and fields and are not listed"
                                + " here.\n\n")
                .append("| type | layer | what happened |\n|---|---|---|\n");
        for (RecordType type : Vocabulary.get().types()) {
            EventTypeInfo info = type.info();
            page.append("| [`")
                    .append(info.name())
                    .append("`](#")
                    .append(anchor(info.name()))
                    .append(") | ");
            page.append(info.layer().label()).append(" | ").append(info.doc()).append(" |\n");
        }
        for (RecordType type : Vocabulary.get().types()) {
            append(page, type.info());
        }
        return page.toString();
    }

    private static void append(StringBuilder page, EventTypeInfo info) {
        page.append("\n## ").append(info.name()).append("\n\n").append(info.doc()).append('\n');
        page.append("Id `0x")
                .append(String.format(Locale.ROOT, "%04x", info.id()))
                .append("`, layer ");
        page.append(info.layer().label()).append(". Source: ").append(info.source()).append("\n\n");
        page.append("| field | kind | unit | meaning |\n|---|---|---|---|\n");
        for (FieldInfo field : info.fields()) {
            page.append("| `")
                    .append(field.name())
                    .append("` | ")
                    .append(kind(field))
                    .append(" | ");
            page.append(
                            field.unit() == Unit.NONE
                                    ? ""
                                    : field.unit().name().toLowerCase(Locale.ROOT))
                    .append(" | ");
            page.append(meaning(field)).append(" |\n");
        }
    }

    private static String kind(FieldInfo field) {
        String kind = field.kind().name().toLowerCase(Locale.ROOT);
        return field.optional() ? kind + ", *optional*" : kind;
    }

    private static String meaning(FieldInfo field) {
        if (field.labels().isEmpty()) {
            return field.doc();
        }
        String labels = "one of `" + String.join("` `", field.labels()) + "`";
        return field.doc().isEmpty() ? labels : field.doc() + "; " + labels;
    }

    private static String anchor(String typeName) {
        return typeName.toLowerCase(Locale.ROOT);
    }
}
