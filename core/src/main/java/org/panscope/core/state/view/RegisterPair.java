package org.panscope.core.state.view;

import java.util.ArrayList;
import java.util.List;

/// Two words of which one answers the other, bit by bit.
///
/// kernel: panthor_fw.c, panthor_fw_toggle_reqs, panthor_fw_update_reqs, panthor_fw_wait_acks
///
/// @param request `req`, `doorbell_req`, `cs_irq_req`
/// @param answer `ack`, `doorbell_ack`, `cs_irq_ack`
public record RegisterPair(RegisterWord request, RegisterWord answer) {

    /// A field in which request and answer differ.
    ///
    /// @param field name
    /// @param bits that differ, in place
    /// @param text who waits for whom: `EP_CFG asked, not acknowledged`
    public record Pending(String field, long bits, String text) {}

    /// Whether the pair holds a word of this name.
    boolean holds(String name) {
        return request.name().equals(name) || answer.name().equals(name);
    }

    /// What one side has said and the other not answered, in the order of the fields.
    public List<Pending> pending(long requested, long answered) {
        String asker = who(request);
        String answerer = who(answer);
        List<Pending> pending = new ArrayList<>();
        for (BitField field : request.fields()) {
            long bits = (requested ^ answered) & field.mask();
            if (bits == 0) {
                continue;
            }
            String text =
                    switch (field.kind()) {
                        case TOGGLE ->
                                field.width() == 1
                                        ? field.name() + " asked, not acknowledged"
                                        : field.name()
                                                + " "
                                                + indices(bits >>> field.low())
                                                + " asked by the "
                                                + asker
                                                + ", not looked at by the "
                                                + answerer;
                        case EVENT -> field.name() + " told, not noticed by the " + asker;
                        case VALUE ->
                                field.name()
                                        + " "
                                        + field.text(field.get(requested))
                                        + " wanted, "
                                        + field.text(field.get(answered))
                                        + " reached";
                        default -> "";
                    };
            if (!text.isEmpty()) {
                pending.add(new Pending(field.name(), bits, text));
            }
        }
        return List.copyOf(pending);
    }

    private static String who(RegisterWord word) {
        return word.writer() == RegisterWord.Writer.HOST ? "host" : "firmware";
    }

    /// The numbers of the bits that are set.
    private static String indices(long bits) {
        List<String> indices = new ArrayList<>();
        for (long left = bits; left != 0; left &= left - 1) {
            indices.add(Integer.toString(Long.numberOfTrailingZeros(left)));
        }
        return String.join(",", indices);
    }
}
