package org.panscope.trace.perfetto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.panscope.trace.ftrace.FtraceTextImporter;
import org.panscope.trace.io.Event;
import org.panscope.trace.io.EventHeader;
import org.panscope.trace.io.MemoryTrace;
import org.panscope.trace.io.Progress;
import org.panscope.trace.io.TrackAssigner;
import org.panscope.trace.perfetto.EventDeclaration.Field;
import org.panscope.trace.perfetto.EventDeclaration.Kind;
import org.panscope.trace.schema.FieldInfo;
import org.panscope.trace.schema.FieldKind;
import org.panscope.trace.tracedat.DatImporter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// A real capture, written as a Perfetto recorder would have, read again, and compared with what
/// importing its text and its `trace.dat` gives.
class SampleCaptureTest {
    private static final Path CAPTURES = Path.of("../samples/captures");
    private static final int EVENTS_PER_BUNDLE = 100;

    /// Which events get a message of their own; the rest is described or names its fields.
    private enum Encoding {
        OWN,
        DESCRIBED,
        GENERIC
    }

    private static MemoryTrace text() throws IOException {
        List<MemoryTrace> opened = new ArrayList<>();
        try (InputStream in =
                Files.newInputStream(CAPTURES.resolve("panscope-sample.report-t.txt"))) {
            FtraceTextImporter.importText(
                    in,
                    "text",
                    header -> {
                        opened.add(new MemoryTrace(header));
                        return opened.getLast();
                    },
                    TrackAssigner.perCpu(),
                    Progress.NONE);
        }
        return opened.getFirst();
    }

    private static MemoryTrace dat() throws IOException {
        List<MemoryTrace> opened = new ArrayList<>();
        DatImporter.importDat(
                CAPTURES.resolve("panscope-sample.dat"),
                "dat",
                header -> {
                    opened.add(new MemoryTrace(header));
                    return opened.getLast();
                },
                TrackAssigner.perCpu(),
                Progress.NONE);
        return opened.getFirst();
    }

    @Test
    void theSampleIsEventForEventWhatItsTextImportGives() throws IOException {
        MemoryTrace wanted = text();
        MemoryTrace found = Pftrace.read(new Recorder(dat(), Encoding.OWN).file());
        assertEquals(List.of(), found.losses());
        assertSame(wanted, found);
    }

    @Test
    void eventsTheFileDescribesAreLikeThoseWithMessagesOfTheirOwn() throws IOException {
        assertSame(text(), Pftrace.read(new Recorder(dat(), Encoding.DESCRIBED).file()));
    }

    @Test
    void eventsThatNameTheirFieldsAreLikeThoseWithMessagesOfTheirOwn() throws IOException {
        assertSame(text(), Pftrace.read(new Recorder(dat(), Encoding.GENERIC).file()));
    }

    @Test
    void theTypesAreThoseOfTheTraceDat() throws IOException {
        MemoryTrace dat = dat();
        MemoryTrace found = Pftrace.read(new Recorder(dat, Encoding.OWN).file());
        for (int i = 0; i < dat.events().size(); i++) {
            assertEquals(dat.events().get(i).type(), found.events().get(i).type(), "event " + i);
        }
    }

    @Test
    void anIndexInManyPiecesGivesTheSame() throws IOException {
        byte[] file = new Recorder(dat(), Encoding.OWN).file();
        assertEquals(Pftrace.read(file).events(), Pftrace.read(file, 4).events());
    }

    private static void assertSame(MemoryTrace wanted, MemoryTrace found) {
        assertEquals(wanted.header().originNs(), found.header().originNs());
        Set<Integer> renamed = renamed(wanted);
        for (int i = 0; i < wanted.events().size(); i++) {
            Event one = wanted.events().get(i);
            Event other = found.events().get(i);
            String place = "event " + i + ": " + one + " but " + other;
            assertEquals(one.timeNs(), other.timeNs(), place);
            assertEquals(one.type().name(), other.type().name(), place);
            assertEquals(one.type().layer(), other.type().layer(), place);
            assertEquals(one.header().cpu(), other.header().cpu(), place);
            assertEquals(one.header().pid(), other.header().pid(), place);
            if (!renamed.contains(one.header().pid())) {
                assertEquals(one.header().comm(), other.header().comm(), place);
            }
            for (FieldInfo field : one.type().fields()) {
                int index = other.type().fieldIndex(field.name());
                assertTrue(index >= 0, place);
                assertEquals(field, other.type().fields().get(index), place);
                assertEquals(
                        one.value(field.name()),
                        other.value(field.name()),
                        () -> field.name() + " of " + place);
            }
        }
        assertEquals(wanted.events().size(), found.events().size());
    }

    /// Threads that change their name while they are recorded: trace-cmd prints the last one for
    /// all of their events.
    private static Set<Integer> renamed(MemoryTrace trace) {
        Map<Object, Set<Object>> names = new HashMap<>();
        for (Event event : trace.events()) {
            for (String prefix : List.of("prev_", "next_", "")) {
                Object pid = event.value(prefix + "pid");
                Object comm = event.value(prefix + "comm");
                if (pid != null && comm != null) {
                    names.computeIfAbsent(pid, key -> new HashSet<>()).add(comm);
                }
            }
        }
        Set<Integer> renamed = new TreeSet<>();
        names.forEach((pid, all) -> {
            if (all.size() > 1 && pid instanceof Long number) {
                renamed.add(number.intValue());
            }
        });
        return renamed;
    }

    /// Writes events as a recorder does: in bundles of one CPU, those of other CPUs later.
    private static final class Recorder {
        private final MemoryTrace trace;
        private final Encoding encoding;
        private final Map<String, Integer> numbers = new HashMap<>();
        private final Map<Integer, EventDeclaration> described = new TreeMap<>();
        private final Map<String, Integer> symbols = new LinkedHashMap<>();

        Recorder(MemoryTrace trace, Encoding encoding) {
            this.trace = trace;
            this.encoding = encoding;
            if (encoding == Encoding.OWN) {
                FtraceEvents.all().forEach((number, event) -> numbers.put(event.name(), number));
            }
        }

        byte[] file() {
            Pftrace file = new Pftrace();
            Map<Integer, String> names = new TreeMap<>();
            for (Event event : trace.events()) {
                if (event.header().comm() != null) {
                    names.put(event.header().pid(), event.header().comm());
                }
            }
            Proto tree = Proto.message();
            names.forEach((pid, name) ->
                    tree.message(2, Proto.message().number(1, pid).number(3, pid).text(2, name)));
            file.add(Proto.message().number(10, 2).message(2, tree));
            List<Proto> bundles = new ArrayList<>();
            for (int cpu :
                    new TreeSet<>(
                            trace.events().stream().map(event -> event.header().cpu()).toList())) {
                bundles.addAll(bundles(cpu));
            }
            Proto interned = Proto.message();
            symbols.forEach((symbol, iid) ->
                    interned.message(26, Proto.message().number(1, iid).text(2, symbol)));
            file.add(Proto.message().number(10, 1).number(13, 1).message(12, interned));
            bundles.forEach(file::add);
            return file.toBytes();
        }

        private List<Proto> bundles(int cpu) {
            List<Proto> packets = new ArrayList<>();
            List<Event> own =
                    trace.events().stream().filter(event -> event.header().cpu() == cpu).toList();
            for (int from = 0; from < own.size(); from += EVENTS_PER_BUNDLE) {
                Proto bundle = Proto.message().number(1, cpu);
                List<Event> part =
                        own.subList(from, Math.min(own.size(), from + EVENTS_PER_BUNDLE));
                part.forEach(event -> bundle.message(2, encode(event)));
                described.forEach((number, event) ->
                        bundle.message(
                                11,
                                Proto.message().number(1, number).message(2, descriptor(event))));
                packets.add(Proto.message().number(10, 1).message(1, bundle));
            }
            return packets;
        }

        private Proto encode(Event event) {
            EventHeader header = event.header();
            Proto message =
                    Proto.message()
                            .number(1, trace.header().originNs() + header.timeNs())
                            .number(2, header.pid());
            String name = event.type().name();
            if (name.equals("print")) {
                Object ip = event.value("ip");
                Proto print = Proto.message();
                if (ip instanceof Long address) {
                    print.number(1, address);
                }
                return message.message(3, print.text(2, event.value("buf") + "\n"));
            }
            Integer number = numbers.get(name);
            if (number == null && encoding == Encoding.GENERIC) {
                return message.message(327, generic(event));
            }
            EventDeclaration own = number == null ? null : FtraceEvents.all().get(number);
            int chosen =
                    number == null
                            ? numbers.computeIfAbsent(name, key -> 65_536 + numbers.size())
                            : number;
            EventDeclaration declaration =
                    own == null
                            ? described.computeIfAbsent(chosen, key -> declaration(event))
                            : own;
            return message.message(chosen, fields(event, declaration));
        }

        private static EventDeclaration declaration(Event event) {
            List<Field> fields = new ArrayList<>();
            for (FieldInfo field : event.type().fields()) {
                if (!isDerived(event, field)) {
                    boolean isText = field.kind() == FieldKind.TEXT && rawName(field) == null;
                    fields.add(
                            new Field(
                                    field.name(),
                                    fields.size() + 1,
                                    isText
                                            ? Kind.TEXT
                                            : field.signed() ? Kind.SIGNED : Kind.UNSIGNED));
                }
            }
            return new EventDeclaration(event.type().name(), fields);
        }

        /// What the importer makes of other fields.
        private static boolean isDerived(Event event, FieldInfo field) {
            return field.name().equals("prev_state_bits")
                    || (field.name().equals("action")
                            && event.type().name().startsWith("softirq_"));
        }

        /// The field that has the number for what text spells, or null.
        private static @Nullable String rawName(FieldInfo field) {
            return field.name().equals("prev_state") ? "prev_state_bits" : null;
        }

        private static Proto descriptor(EventDeclaration event) {
            Proto descriptor = Proto.message().text(1, event.name());
            for (Field field : event.fields()) {
                int type =
                        switch (field.kind()) {
                            case TEXT -> 9;
                            case SIGNED -> 3;
                            default -> 4;
                        };
                descriptor.message(
                        2,
                        Proto.message()
                                .text(1, field.name())
                                .number(3, field.number())
                                .number(5, type));
            }
            return descriptor;
        }

        private Proto fields(Event event, EventDeclaration declaration) {
            Proto message = Proto.message();
            for (Field field : declaration.fields()) {
                Object value = value(event, field.name());
                if (value instanceof Long number) {
                    message.number(field.number(), number);
                } else if (value instanceof String text && field.kind() == Kind.FUNCTION) {
                    message.number(
                            field.number(),
                            symbols.computeIfAbsent(text, key -> symbols.size() + 1));
                } else if (value instanceof String text) {
                    message.text(field.number(), text);
                }
            }
            return message;
        }

        private static @Nullable Object value(Event event, String name) {
            return event.value(name.equals("prev_state") ? "prev_state_bits" : name);
        }

        private static Proto generic(Event event) {
            Proto message = Proto.message().text(1, event.type().name());
            for (FieldInfo info : event.type().fields()) {
                if (isDerived(event, info)) {
                    continue;
                }
                Proto field = Proto.message().text(1, info.name());
                if (value(event, info.name()) instanceof Long number) {
                    field.number(info.signed() ? 4 : 5, number);
                } else {
                    field.text(3, String.valueOf(event.value(info.name())));
                }
                message.message(2, field);
            }
            return message;
        }
    }
}
