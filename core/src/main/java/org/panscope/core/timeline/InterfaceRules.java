package org.panscope.core.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.core.fields.FieldReader;
import org.panscope.core.fields.Fields;
import org.panscope.core.state.view.RegisterPair;
import org.panscope.core.state.view.RegisterWord;
import org.panscope.trace.io.EventCursor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The firmware interfaces: every request and answer as an instant that names the bits, and as a
/// bar for as long as one side waits for the other. A block's row is that of its CSG or command
/// stream.
final class InterfaceRules {
    private static final Pattern BLOCK = Pattern.compile("CSG(\\d{1,4})(?:\\.CS(\\d{1,4}))?");

    /// Key of the bar; clear of the states a stream's row has for itself.
    private static final long BAR = 16;

    /// Labels remembered; a word takes few values in turn.
    private static final int MOST_CHANGES = 4_096;

    private final Build build;
    private final InterfaceWords words = new InterfaceWords();
    private final Map<Change, Integer> changes = new LinkedHashMap<>();
    private final Map<WordKey, Long> values = new LinkedHashMap<>();

    private record Change(String block, String word, long before, long after) {}

    private final Map<String, Open> opens = new LinkedHashMap<>();

    /// Whether the trace tells which slots are in use.
    private boolean knowsSlots;

    /// What is open between the two sides of a block, by the word that asks.
    private static final class Open {
        final RowBuilder row;
        final Map<String, String> asked = new TreeMap<>();
        final Map<String, String> told = new TreeMap<>();

        Open(RowBuilder row) {
            this.row = row;
        }

        /// Nobody answers any more.
        void end() {
            asked.clear();
            told.clear();
            row.noState(BAR);
        }
    }

    private record WordKey(String block, String word) {}

    private InterfaceRules(Build build) {
        this.build = build;
    }

    static void register(Rules rules, Build build) {
        InterfaceRules words = new InterfaceRules(build);
        rules.on("FW_REQ", fields -> words.change(fields, Glyph.UP));
        rules.on("FW_ACK", fields -> words.change(fields, Glyph.DOWN));
        rules.on("FW_WRITE", words::write);
        rules.on("FW_DOORBELL_SCAN", words::scan);
        rules.on("BIND", words::bound);
        rules.on("UNBIND", words::unbound);
        rules.on("MCU", words::mcu);
    }

    private Handler change(Fields fields, Glyph glyph) {
        FieldReader block = fields.get("block");
        FieldReader word = fields.get("word");
        FieldReader before = fields.get("old_value");
        FieldReader after = fields.get("new_value");
        return event -> {
            Change change =
                    new Change(
                            block.text(event),
                            word.text(event),
                            before.number(event, 0),
                            after.number(event, 0));
            Integer label = changes.get(change);
            if (label == null) {
                label =
                        build.label(
                                words.change(
                                        change.block(),
                                        change.word(),
                                        change.before(),
                                        change.after()));
                if (changes.size() == MOST_CHANGES) {
                    changes.clear();
                }
                changes.put(change, label);
            }
            RowBuilder row = row(event, change.block());
            row.instant(event, label, Style.ACTIVITY, glyph);
            pending(event, row, change);
        };
    }

    /// Updates the bar of the block. A side that was never seen to speak is taken to have agreed
    /// before this change.
    private void pending(EventCursor event, RowBuilder row, Change change) {
        RegisterPair pair = words.pair(change.block(), change.word());
        values.put(new WordKey(change.block(), change.word()), change.after());
        if (pair == null || isOfEmptySlot(change.block())) {
            return;
        }
        String asks = pair.request().name();
        boolean isRequest = asks.equals(change.word());
        WordKey other = new WordKey(change.block(), isRequest ? pair.answer().name() : asks);
        long answer = values.computeIfAbsent(other, key -> change.before());
        long requested = isRequest ? change.after() : answer;
        long answered = isRequest ? answer : change.after();
        Open open = opens.computeIfAbsent(change.block(), block -> new Open(row));
        boolean hostAsks = pair.request().writer() == RegisterWord.Writer.HOST;
        (hostAsks ? open.asked : open.told)
                .put(asks, words.pending(pair, requested, answered, false));
        if (hostAsks) {
            open.told.put(asks, words.pending(pair, requested, answered, true));
        }
        String asked = joined(open.asked);
        String told = joined(open.told);
        if (!asked.isEmpty()) {
            row.state(BAR, event, build.label("asked: " + asked), Style.WAITING);
        } else if (!told.isEmpty()) {
            row.state(BAR, event, build.label("told: " + told), Style.QUEUED);
        } else {
            row.noState(BAR);
        }
    }

    /// Whether a block belongs to a slot without a group: its words are only got ready for the next
    /// one.
    private boolean isOfEmptySlot(String block) {
        Matcher matcher = BLOCK.matcher(block);
        return knowsSlots
                && matcher.matches()
                && build.objects().groupOn(Integer.parseInt(matcher.group(1))) == null;
    }

    private Handler bound(Fields fields) {
        return event -> knowsSlots = true;
    }

    private Handler unbound(Fields fields) {
        FieldReader slot = fields.get("slot");
        return event -> {
            String block = "CSG" + slot.number(event, -1);
            for (Map.Entry<String, Open> open : opens.entrySet()) {
                if (open.getKey().equals(block) || open.getKey().startsWith(block + ".")) {
                    open.getValue().end();
                }
            }
        };
    }

    /// A microcontroller that does not run answers nothing.
    private Handler mcu(Fields fields) {
        FieldReader state = fields.get("state");
        return event -> {
            if (!state.text(event).equals("enabled")) {
                opens.values().forEach(Open::end);
            }
        };
    }

    private static String joined(Map<String, String> byPair) {
        StringJoiner text = new StringJoiner(", ");
        byPair.values().stream().filter(part -> !part.isEmpty()).forEach(text::add);
        return text.toString();
    }

    private Handler write(Fields fields) {
        FieldReader block = fields.get("block");
        FieldReader word = fields.get("word");
        FieldReader value = fields.get("value");
        return event -> {
            String template = block.text(event) + " " + word.text(event) + " = 0x" + Labels.HEX;
            int label = build.label(template, value.number(event, 0));
            build.rowOf(event).instant(event, label, Style.IDLE, Glyph.TICK);
        };
    }

    private Handler scan(Fields fields) {
        FieldReader doorbell = fields.get("doorbell_id");
        FieldReader mask = fields.get("csg_mask");
        return event -> {
            long groups = mask.number(event, 0);
            String found = groups == 0 ? "no CSG" : InterfaceWords.indices("CSG", groups);
            String label = "doorbell " + doorbell.number(event, 0) + " scanned: " + found;
            build.rowOf(event).instant(event, label, Style.ACTIVITY, Glyph.DIAMOND);
        };
    }

    private RowBuilder row(EventCursor event, String block) {
        Matcher matcher = BLOCK.matcher(block);
        if (!matcher.matches()) {
            return build.rowOf(event);
        }
        int csg = Integer.parseInt(matcher.group(1));
        @Nullable String cs = matcher.group(2);
        return cs == null
                ? build.objects().groupInterface(csg)
                : build.objects().stream(csg, Integer.parseInt(cs));
    }
}
