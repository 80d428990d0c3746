package org.panscope.core.analysis.capture;

import java.util.List;

/// Every rule for captures.
public final class CaptureCatalog {
    private CaptureCatalog() {}

    /// One of each, fresh, for one capture.
    public static List<CaptureRule> rules() {
        return List.of(
                new FenceEndsRule(),
                new JobEndsRule(),
                new LatencyOutlierRule(),
                new InterruptDelayRule(),
                new BubbleRule(),
                new PowerCyclingRule(),
                new CompleteCaptureRule(),
                new BoundOnceRule());
    }
}
