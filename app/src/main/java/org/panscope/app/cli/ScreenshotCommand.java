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
import java.util.concurrent.Callable;

/// `panscope screenshot`: the timeline as a picture, without a window or a display.
@Command(
        name = "screenshot",
        mixinStandardHelpOptions = true,
        description = "Draws the timeline into a PNG or SVG file.")
final class ScreenshotCommand implements Callable<Integer> {
    /// Look of the picture.
    enum ThemeName {
        LIGHT,
        DARK
    }

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
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ThemeName theme = ThemeName.LIGHT;

    @Override
    public Integer call() throws IOException {
        if (output == null || !isPicture(output)) {
            throw new ParameterException(
                    spec.commandLine(), output + ": the name must end in .png or .svg");
        }
        try (OpenedTrace opened = input.open()) {
            draw(
                    opened.trace(),
                    output,
                    width,
                    height,
                    theme == ThemeName.DARK ? Theme.DARK : Theme.LIGHT);
        }
        return 0;
    }

    private void draw(Trace trace, Path file, int pictureWidth, int pictureHeight, Theme look)
            throws IOException {
        Screenshot.Options options;
        try {
            options =
                    Screenshot.Options.DEFAULT
                            .withSize(pictureWidth, pictureHeight)
                            .withTheme(look)
                            .withRange(window.fromNs(trace), window.toNs(trace));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        try (PartFile part = new PartFile(file)) {
            Screenshot.render(trace, part.path(), options);
            part.complete();
        }
    }

    private static boolean isPicture(Path file) {
        String name = file.toString();
        return name.endsWith(".png") || name.endsWith(".svg");
    }
}
