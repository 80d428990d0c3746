package org.panscope.trace.perfetto;

import org.panscope.trace.io.Progress;

/// One part of some work, as a part of its progress.
final class StageProgress implements Progress {
    private static final long WHOLE = 100;

    private final Progress whole;
    private final long fromPercent;
    private final long toPercent;

    StageProgress(Progress whole, long fromPercent, long toPercent) {
        this.whole = whole;
        this.fromPercent = fromPercent;
        this.toPercent = toPercent;
    }

    @Override
    public void advance(long done, long total) {
        double part = total <= 0 ? 1 : (double) done / total;
        whole.advance(
                fromPercent * total / WHOLE
                        + (long) (part * (toPercent - fromPercent) * total / WHOLE),
                total);
    }

    @Override
    public boolean isCancelled() {
        return whole.isCancelled();
    }
}
