package org.panscope.core.timeline;

import java.util.Arrays;

/// Collects the instants of one row.
final class InstantsBuilder {
    private int size;
    private boolean sorted = true;
    private long[] times = {};
    private long[] seqs = {};
    private int[] labels = {};
    private byte[] styles = {};
    private byte[] glyphs = {};

    void add(long timeNs, long seq, int label, Style style, Glyph glyph) {
        int at = size++;
        times = Grow.forIndex(times, at);
        seqs = Grow.forIndex(seqs, at);
        labels = Grow.forIndex(labels, at);
        styles = Grow.forIndex(styles, at);
        glyphs = Grow.forIndex(glyphs, at);
        times[at] = timeNs;
        seqs[at] = seq;
        labels[at] = label;
        styles[at] = (byte) style.code();
        glyphs[at] = (byte) glyph.code();
        sorted &= at == 0 || times[at - 1] <= timeNs;
    }

    int size() {
        return size;
    }

    Instants finish() {
        if (!sorted) {
            sort();
        }
        return new Instants(
                Arrays.copyOf(times, size),
                Arrays.copyOf(seqs, size),
                Arrays.copyOf(labels, size),
                Arrays.copyOf(styles, size),
                Arrays.copyOf(glyphs, size));
    }

    /// By time, then by seq. Only rows with overflowing bars come here.
    private void sort() {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                (a, b) -> {
                    int byTime = Long.compare(times[a], times[b]);
                    return byTime != 0 ? byTime : Long.compare(seqs[a], seqs[b]);
                });
        InstantsBuilder copy = new InstantsBuilder();
        for (int i : order) {
            copy.add(times[i], seqs[i], labels[i], Style.of(styles[i]), Glyph.of(glyphs[i]));
        }
        times = copy.times;
        seqs = copy.seqs;
        labels = copy.labels;
        styles = copy.styles;
        glyphs = copy.glyphs;
    }
}
