package org.panscope.trace.perfetto;

import java.util.SortedMap;
import java.util.TreeMap;

/// What a file says beside its events: names, clocks, texts, descriptions. Filled by [Survey] and
/// [EventIndexing], read by the decoders.
final class FileFacts {
    final String source;
    final Interned interned = new Interned();
    final Clocks clocks = new Clocks();
    final ProcessNames names = new ProcessNames();
    final TrackDescriptors tracks = new TrackDescriptors();
    final DescribedEvents described = new DescribedEvents();
    final GpuNames gpu = new GpuNames();
    final PanscopeDefinitions panscope = new PanscopeDefinitions();
    final SortedMap<String, String> attributes = new TreeMap<>();

    /// By CPU, the first time up to which its ring buffer had been read before.
    final SortedMap<Integer, Long> completeFrom = new TreeMap<>();

    /// The clock of the trace.
    Clocks.Clock clock = Clocks.clock(-1, Clocks.BOOTTIME);

    FileFacts(String source) {
        this.source = source;
    }
}
