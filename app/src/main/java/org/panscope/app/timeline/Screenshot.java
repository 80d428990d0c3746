package org.panscope.app.timeline;

import org.jspecify.annotations.Nullable;
import org.panscope.app.surface.Fill;
import org.panscope.app.surface.FontRole;
import org.panscope.app.surface.Java2dSurface;
import org.panscope.app.surface.Surface;
import org.panscope.app.surface.SvgSurface;
import org.panscope.app.surface.TextMetrics;
import org.panscope.app.theme.Formats;
import org.panscope.app.theme.Theme;
import org.panscope.core.timeline.Timeline;
import org.panscope.core.timeline.TimelineBuilder;
import org.panscope.trace.io.Trace;
import org.panscope.trace.io.TraceHeader;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Pictures of a timeline without a window: PNG or SVG.
public final class Screenshot {
    private static final int CAPTION = 50;
    private static final int MARGIN = 12;
    private static final int MIN_WIDTH = TimelineLayout.HEADER + 200;
    private static final int MAX_SIDE = 30_000;

    private Screenshot() {}

    /// What the picture shows.
    ///
    /// @param width px, at least 416
    /// @param height px, or 0 for as high as all rows need; with a height, groups are collapsed
    ///   until the rest fits
    /// @param scale pixels of a PNG per px
    /// @param fromNs start of the range, or null for the trace's
    /// @param toNs end of the range, or null for the trace's
    /// @param caption text instead of the source's name, or null
    public record Options(
            int width,
            int height,
            double scale,
            Theme theme,
            @Nullable Long fromNs,
            @Nullable Long toNs,
            @Nullable String caption) {

        public static final Options DEFAULT =
                new Options(1600, 0, 1, Theme.LIGHT, null, null, null);

        public Options {
            if (width < MIN_WIDTH || width > MAX_SIDE || height < 0 || height > MAX_SIDE) {
                throw new IllegalArgumentException(
                        "width="
                                + width
                                + " height="
                                + height
                                + " must be within "
                                + MIN_WIDTH
                                + ".."
                                + MAX_SIDE
                                + " and 0.."
                                + MAX_SIDE);
            }
            if (fromNs != null && toNs != null && toNs <= fromNs) {
                throw new IllegalArgumentException("from=" + fromNs + " to=" + toNs);
            }
        }

        public Options withTheme(Theme other) {
            return new Options(width, height, scale, other, fromNs, toNs, caption);
        }

        public Options withSize(int newWidth, int newHeight) {
            return new Options(newWidth, newHeight, scale, theme, fromNs, toNs, caption);
        }

        public Options withRange(@Nullable Long from, @Nullable Long to) {
            return new Options(width, height, scale, theme, from, to, caption);
        }

        public Options withCaption(@Nullable String text) {
            return new Options(width, height, scale, theme, fromNs, toNs, text);
        }
    }

    /// Draws a trace into a file; the name's ending, `.png` or `.svg`, decides the format.
    public static void render(Trace trace, Path file, Options options) throws IOException {
        render(TimelineBuilder.build(trace), file, options);
    }

    /// Draws a timeline into a file.
    ///
    /// @throws IllegalArgumentException if the file is neither `.png` nor `.svg`
    public static void render(Timeline timeline, Path file, Options options) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".svg")) {
            Files.writeString(file, svg(timeline, options), StandardCharsets.UTF_8);
        } else if (name.endsWith(".png")) {
            try (OutputStream out = Files.newOutputStream(file)) {
                image(timeline, options).writePng(out);
            }
        } else {
            throw new IllegalArgumentException("file=" + file + " ends in neither .png nor .svg");
        }
    }

    /// The picture as an SVG document.
    public static String svg(Timeline timeline, Options options) {
        Picture picture = Picture.of(timeline, options);
        SvgSurface surface = new SvgSurface(options.width(), picture.height());
        picture.paint(surface);
        return surface.document("Timeline of " + heading(timeline, options));
    }

    /// The picture in memory.
    public static Java2dSurface image(Timeline timeline, Options options) {
        Picture picture = Picture.of(timeline, options);
        Java2dSurface surface =
                new Java2dSurface(options.width(), picture.height(), options.scale());
        picture.paint(surface);
        return surface;
    }

    private static String heading(Timeline timeline, Options options) {
        return options.caption() != null ? options.caption() : name(timeline.header());
    }

    /// Name of the file without folders, which say nothing to whoever gets the picture.
    private static String name(TraceHeader header) {
        String source = header.source();
        return source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
    }

    /// A layout with its caption, ready to paint.
    private record Picture(
            Timeline timeline,
            Options options,
            TimelineLayout layout,
            Legend legend,
            int legendHeight,
            int height) {

        /// The legend names what is visible, and its height decides what is: a few rounds settle
        /// it.
        static Picture of(Timeline timeline, Options options) {
            int legend = 0;
            while (true) {
                Picture picture = of(timeline, options, legend);
                int needed = (int) Math.ceil(picture.legend().height(picture.legendWidth()));
                if (needed <= legend) {
                    return picture;
                }
                legend = needed;
            }
        }

        private static Picture of(Timeline timeline, Options options, int legend) {
            int plot = options.width() - TimelineLayout.HEADER - MARGIN;
            int around = CAPTION + TimelineLayout.RULER + legend;
            Viewport viewport = range(timeline, options, plot);
            boolean isFixed = options.height() != 0;
            int room = Math.max(0, (isFixed ? options.height() : MAX_SIDE) - around);
            Set<Integer> collapsed = RowChoice.collapsedToFit(timeline, room);
            int rows = isFixed ? room : rowsHeight(timeline, viewport, collapsed);
            TimelineLayout layout =
                    TimelineLayout.of(timeline, viewport.resize(plot, rows), collapsed, Set.of());
            int height = isFixed ? options.height() : around + rows;
            return new Picture(timeline, options, layout, Legend.of(layout), legend, height);
        }

        private double legendWidth() {
            return options.width() - 2.0 * MARGIN;
        }

        private static int rowsHeight(Timeline timeline, Viewport viewport, Set<Integer> closed) {
            TimelineLayout layout = TimelineLayout.of(timeline, viewport, closed, new TreeSet<>());
            return (int) Math.ceil(layout.contentHeight());
        }

        private static Viewport range(Timeline timeline, Options options, int plot) {
            Viewport whole =
                    new Viewport(timeline.fromNs(), timeline.toNs(), plot, 0, 0)
                            .fit(timeline.fromNs(), timeline.toNs());
            Long from = options.fromNs();
            Long to = options.toNs();
            return whole.show(
                    from != null ? from : whole.fromNs(),
                    to != null ? to : Math.max(whole.toNs(), from == null ? 0 : from + 1));
        }

        void paint(Surface surface) {
            Theme theme = options.theme();
            surface.fillRect(0, 0, options.width(), height, Fill.solid(theme.window()));
            caption(surface, theme);
            TimelinePainter.paint(
                    new ShiftedSurface(surface, 0, CAPTION), theme, layout, TimelineMarks.NONE);
            legend.paint(surface, theme, MARGIN, height - (double) legendHeight, legendWidth());
        }

        private void caption(Surface surface, Theme theme) {
            double room = options.width() - 2.0 * MARGIN;
            surface.textMiddle(
                    TextMetrics.fit(heading(timeline, options), FontRole.TITLE, room),
                    MARGIN,
                    17,
                    FontRole.TITLE,
                    theme.text());
            surface.textMiddle(
                    TextMetrics.fit(facts(), FontRole.MONO, room),
                    MARGIN,
                    36,
                    FontRole.MONO,
                    theme.secondaryText());
        }

        private String facts() {
            TraceHeader header = timeline.header();
            long shownFrom = Math.max(layout.viewport().fromNs(), timeline.fromNs());
            long shownTo = Math.min(layout.viewport().toNs(), timeline.toNs());
            StringBuilder text = new StringBuilder(header.format());
            if (header.isEmulated()) {
                // What the run depends on. A capture's attributes would fill the line.
                for (Map.Entry<String, String> attribute : header.attributes().entrySet()) {
                    text.append("   ").append(attribute.getKey()).append(' ');
                    text.append(attribute.getValue());
                }
            }
            text.append("   ").append(Formats.time(shownFrom)).append(" – ");
            text.append(Formats.time(shownTo)).append("   clock ").append(header.clock());
            text.append("   ").append(Formats.grouped(timeline.eventCount())).append(" events");
            if (timeline.unpaired() > 0) {
                text.append("   ").append(Formats.grouped(timeline.unpaired()));
                text.append(" unpaired");
            }
            if (!timeline.losses().isEmpty()) {
                int losses = timeline.losses().size();
                text.append("   ").append(losses).append(losses == 1 ? " loss" : " losses");
            }
            return text.append("   ").append(header.producer()).toString();
        }
    }
}
