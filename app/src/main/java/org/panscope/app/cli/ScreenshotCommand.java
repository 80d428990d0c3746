package org.panscope.app.cli;

import org.jspecify.annotations.Nullable;
import org.panscope.app.theme.Theme;
import org.panscope.app.timeline.Screenshot;
import org.panscope.core.input.OpenedTrace;
import org.panscope.trace.io.Trace;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `panscope screenshot`: the timeline as a picture, without a window or a display.
@Command(name = "screenshot", description = "Draws the timeline into a PNG or SVG file.")
final class ScreenshotCommand implements Callable<Integer> {
    /// Look of the picture.
    enum ThemeName {
        LIGHT,
        DARK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final long MOST_PIXELS = 100_000_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private TraceInput input = new TraceInput();

    @Mixin private TimeWindow window = new TimeWindow();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Picture to write; its name ends in .png or .svg.")
    private @Nullable Path output;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "Width in pixels (default: ${DEFAULT-VALUE}).")
    private int width = Screenshot.Options.DEFAULT.width();

    @Option(
            names = "--height",
            paramLabel = "N",
            description = "Height in pixels (default: what the rows need).")
    private int height;

    @Option(
            names = "--theme",
            paramLabel = "THEME",
            description = "One of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ThemeName theme = ThemeName.LIGHT;

    @Override
    public Integer call() throws IOException {
        if (output == null || !isPicture(output)) {
            throw new ParameterException(
                    spec.commandLine(), output + ": the name must end in .png or .svg");
        }
        Screenshot.Options look = look();
        try (OpenedTrace opened = input.open()) {
            Trace trace = opened.trace();
            Screenshot.Options options = withRange(look, trace);
            try (PartFile part = new PartFile(output)) {
                Screenshot.render(trace, part.path(), options);
                part.complete();
            }
        }
        return 0;
    }

    private Screenshot.Options look() {
        if ((long) width * height > MOST_PIXELS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--width times --height is more than " + MOST_PIXELS + " pixels");
        }
        try {
            return Screenshot.Options.DEFAULT
                    .withSize(width, height)
                    .withTheme(theme == ThemeName.DARK ? Theme.DARK : Theme.LIGHT);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Screenshot.Options withRange(Screenshot.Options look, Trace trace) {
        try {
            window.check(trace);
            return look.withRange(window.fromNs(trace), window.toNs(trace));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".png") || name.endsWith(".svg");
    }
}
