package org.panscope.trace.perfetto;

import java.io.IOException;

/// A stretch of events of a bundle whose times do not go back.
final class BundleRun extends Run {
    private final Bundle bundle;
    private final FtraceDecoder decoder;
    private final int generation;
    private long timeNs = Long.MIN_VALUE;

    /// @param bundle read already
    /// @param start where in the packet's bytes the first event begins
    BundleRun(long order, Bundle bundle, long start, int generation, FtraceDecoder decoder) {
        super(order);
        this.bundle = bundle;
        this.generation = generation;
        this.decoder = decoder;
        bundle.seekEvent(start);
    }

    @Override
    long timeNs() {
        return timeNs;
    }

    @Override
    void write() throws IOException {
        decoder.write(bundle, timeNs, generation);
    }

    @Override
    boolean advance() throws IOException {
        while (bundle.nextEvent()) {
            long time = bundle.eventTime();
            if (time != Long.MIN_VALUE) {
                boolean goesOn = time >= timeNs;
                timeNs = time;
                // What is earlier begins a stretch of its own.
                return goesOn;
            }
        }
        return false;
    }
}
