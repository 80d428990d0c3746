package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.core.capture.TraceReduction;
import org.panscope.core.input.OpenedTrace;
import org.panscope.core.state.Cursor;
import org.panscope.core.state.MachineState;
import org.panscope.core.state.ObjectId;
import org.panscope.core.state.StateHistory;
import org.panscope.core.state.view.StateJson;
import org.panscope.core.state.view.StateText;
import org.panscope.trace.io.Trace;

import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;

/// `panscope state`: what application, kernel, firmware and memory believed at a moment.
@Command(name = "state", description = "Shows the four beliefs at a moment.")
final class StateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private TraceInput input = new TraceInput();

    @Option(
            names = "--at",
            paramLabel = "CURSOR",
            converter = TimeWindow.Converter.class,
            description =
                    "The moment: @1250000ns#483, #483 (after 483 events) or a time (default: the"
                            + " end).")
    private @Nullable Cursor at;

    @Option(
            names = "--object",
            paramLabel = "ID",
            converter = ObjectIdConverter.class,
            description = "Only this object, such as queue:1.0.")
    private @Nullable ObjectId object;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (OpenedTrace opened = input.open()) {
            Trace trace = opened.trace();
            long position = positionIn(trace);
            StateHistory history = TraceReduction.historyOf(trace);
            MachineState state = history.at(position);
            MachineState before = position == 0 ? null : history.at(position - 1);
            if (object != null && state.object(object) == null) {
                throw new IOException(
                        input.name()
                                + ": nothing is known of "
                                + object
                                + " after "
                                + position
                                + " events; state without --object lists what is");
            }
            if (json) {
                StringWriter text = new StringWriter();
                StateJson.write(state, before, object, text);
                out.println(text);
            } else {
                out.print(StateText.of(state, before, object));
            }
        }
        return 0;
    }

    private long positionIn(Trace trace) {
        try {
            return at == null ? trace.eventCount() : at.positionIn(trace);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /// Reads `kind:key` from the command line.
    static final class ObjectIdConverter implements ITypeConverter<ObjectId> {
        @Override
        public ObjectId convert(String text) {
            try {
                return ObjectId.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
