package org.panscope.trace.dump;

import org.panscope.trace.schema.Unit;

import java.io.IOException;

/// pandecode's text: every line an event of type `pandecode_instruction`, `pandecode_warning`,
/// `pandecode_buffer` or `pandecode_line`, with its number, its depth and its text. There are no
/// times in it, so none are made up: all stand at 0, in the order of the lines.
///
/// Mesa: src/panfrost/lib/genxml/decode_common.c, src/panfrost/genxml/decode_csf.c
final class DecodedLines implements DumpImporter.Lines {
    private final DumpOutput out;

    DecodedLines(DumpOutput out) {
        this.out = out;
    }

    @Override
    public void line(String text, long number) throws IOException {
        if (text.isBlank()) {
            return;
        }
        String stripped = text.strip();
        out.fields.begin();
        out.fields.number("line", Unit.INDEX, true, number);
        out.fields.number("depth", Unit.COUNT, true, (long) text.indexOf(stripped));
        out.fields.text("text", stripped);
        out.write(0, out.track("document", "pandecode"), PandecodeLines.typeOf(text));
    }

    @Override
    public void end() {}
}
