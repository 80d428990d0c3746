package org.panscope.core.scenario;

import org.jspecify.annotations.Nullable;
import org.panscope.core.scenario.Scenario.ProcessPlan;
import org.panscope.core.scenario.Scenario.ThreadPlan;
import org.panscope.core.scenario.Symbols.UnknownSymbol;
import org.panscope.core.scenario.Values.AddressText;
import org.panscope.core.scenario.Values.LocatedText;
import org.panscope.core.scenario.Values.TextList;
import org.panscope.core.scenario.Values.ValueList;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Makes a process of a scenario ready to run: every reference names something, every address
/// expression is a number, every line of assembly is one without names. Two passes over the steps
/// in the order of the file: names first, since threads may use what another thread defines, then
/// the rest.
final class Linker {
    private static final int DEFAULT_PAD_BYTES = 64;
    private static final int MAX_CODE_BYTES = 16 << 20;

    /// Stands for late addresses in a trial: of the magnitude the kernel gives.
    private static final Long TRIAL_VA = 1L << 47;

    private final String file;
    private final List<Code> codes;
    private final Map<String, ObjectKind> names = new TreeMap<>();
    private final Symbols symbols = new Symbols();

    /// A linker for one process.
    ///
    /// @param codes where the codes of the scenario are collected
    Linker(String file, List<Code> codes) {
        this.file = file;
        this.codes = codes;
    }

    void link(ProcessPlan process) throws ScenarioException {
        for (ThreadPlan thread : process.threads()) {
            collectNames(thread.steps());
        }
        for (ThreadPlan thread : process.threads()) {
            linkSteps(thread.steps());
        }
    }

    private void collectNames(List<Step> steps) throws ScenarioException {
        for (Step step : steps) {
            for (Shape.Key key : step.kind().shape().keys()) {
                if (key.type() instanceof ValueType.Name defined) {
                    define(step.args(), key.name(), defined.kind());
                }
            }
            if (step.kind() == StepKind.REPEAT) {
                collectNames(step.args().steps("steps"));
            }
        }
    }

    private void define(Values args, String key, ObjectKind kind) throws ScenarioException {
        String name = args.text(key);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
            throw new ScenarioException(
                    file,
                    args.place(key),
                    "\"" + name + "\" is no name: letters, digits, _ and -, no digit first");
        }
        ObjectKind before = names.put(name, kind);
        if (before != null && before != kind) {
            throw new ScenarioException(
                    file, args.place(key), "\"" + name + "\" names a " + before + " already");
        }
    }

    private void linkSteps(List<Step> steps) throws ScenarioException {
        for (Step step : steps) {
            StepRules.check(file, step);
            linkObject(step.args(), step.kind().shape());
            learn(step);
            if (step.kind() == StepKind.REPEAT) {
                linkSteps(step.args().steps("steps"));
            }
        }
    }

    /// Makes an object ready whose names are those of the process that was linked.
    void linkObject(Values args, Shape shape) throws ScenarioException {
        for (Shape.Key key : shape.keys()) {
            Object value = args.raw(key.name());
            Place place = args.place(key.name());
            switch (key.type()) {
                case ValueType.Reference reference when value instanceof String name ->
                        checkReference(place, name, reference.kind());
                case ValueType.Address _ when value instanceof AddressText text ->
                        args.put(key.name(), place, address(place, text.text()));
                case ValueType.Assembly _ when value instanceof TextList lines ->
                        args.put(
                                key.name(),
                                place,
                                code(lines, args.integer("pad_to", DEFAULT_PAD_BYTES)));
                case ValueType.One one when value instanceof Values object ->
                        linkObject(object, one.shape());
                case ValueType.ListOf list when value instanceof ValueList elements -> {
                    for (Values element : elements.elements()) {
                        linkObject(element, list.shape());
                    }
                }
                default -> {}
            }
        }
    }

    private void checkReference(Place place, String name, ObjectKind kind)
            throws ScenarioException {
        ObjectKind found = names.get(name);
        if (found == null) {
            throw new ScenarioException(
                    file, place, "no step of this process makes a " + kind + " \"" + name + "\"");
        }
        if (found != kind) {
            throw new ScenarioException(
                    file, place, "\"" + name + "\" is a " + found + ", not a " + kind);
        }
    }

    private Long address(Place place, String text) throws ScenarioException {
        String expanded = expand(place, text);
        String[] terms = expanded.replace(" ", "").split("\\+", -1);
        long sum = 0;
        for (String term : terms) {
            if (!term.matches("0x[0-9a-fA-F]{1,16}|[0-9]{1,18}")) {
                throw new ScenarioException(
                        file, place, "\"" + text + "\" is no address: numbers, ${NAME} and +");
            }
            sum +=
                    term.startsWith("0x")
                            ? Long.parseUnsignedLong(term.substring(2), 16)
                            : Long.parseLong(term);
        }
        return sum;
    }

    private Code code(TextList lines, int padBytes) throws ScenarioException {
        List<LocatedText> texts = lines.texts();
        int perPad = padBytes / Long.BYTES;
        int padded = Math.ceilDiv(Math.max(texts.size(), 1), perPad) * perPad;
        if ((long) padded * Long.BYTES > MAX_CODE_BYTES) {
            throw new ScenarioException(
                    file, texts.getFirst().place(), "more than " + MAX_CODE_BYTES + " bytes");
        }
        List<Code.Line> found = new ArrayList<>(texts.size());
        for (LocatedText text : texts) {
            found.add(line(text));
        }
        Code code = new Code(codes.size(), padded, found);
        codes.add(code);
        return code;
    }

    private Code.Line line(LocatedText line) throws ScenarioException {
        try {
            String text = symbols.expandAllButLate(line.text()).strip();
            String trial = Symbols.replace(text, (_, _) -> TRIAL_VA);
            return new Code.Line(line.place(), line.text(), text, trial);
        } catch (UnknownSymbol e) {
            throw new ScenarioException(file, line.place(), String.valueOf(e.getMessage()));
        }
    }

    private String expand(Place place, String text) throws ScenarioException {
        try {
            return symbols.expand(text);
        } catch (UnknownSymbol e) {
            throw new ScenarioException(file, place, String.valueOf(e.getMessage()));
        }
    }

    /// Remembers what later expressions may ask for.
    private void learn(Step step) throws ScenarioException {
        Values args = step.args();
        switch (step.kind()) {
            case BO_CREATE -> symbols.size(args.text("name"), args.number("size"));
            case VM_BIND ->
                    symbols.va(args.text("bo"), args.number("va") - args.number("offset", 0));
            case BO_WRITE -> symbols.codeSize(args.text("bo"), args.code("code").sizeBytes());
            case SYNC_OBJECT -> learnSyncObject(args);
            case TILER_HEAP_CREATE -> symbols.late(args.text("name"));
            case GROUP_SUBMIT -> learnStream(args);
            default -> {}
        }
    }

    private void learnSyncObject(Values args) throws ScenarioException {
        long va =
                required(args, "bo", symbols.va(args.text("bo")), "is not bound before this step");
        symbols.va(args.text("name"), va + args.number("offset", 0));
        args.put("va", args.place("bo"), va + args.number("offset", 0));
    }

    private void learnStream(Values args) throws ScenarioException {
        String stream = args.textOrNull("stream");
        if (stream != null) {
            Place place = args.place("stream");
            args.put(
                    "stream_va",
                    place,
                    required(args, "stream", symbols.va(stream), "is not bound before this step"));
            args.put(
                    "stream_size",
                    place,
                    required(
                            args,
                            "stream",
                            symbols.codeSize(stream),
                            "holds no code before this step"));
        }
    }

    private Long required(Values args, String key, @Nullable Long value, String complaint)
            throws ScenarioException {
        if (value == null) {
            throw new ScenarioException(
                    file, args.place(key), "\"" + args.text(key) + "\" " + complaint);
        }
        return value;
    }
}
