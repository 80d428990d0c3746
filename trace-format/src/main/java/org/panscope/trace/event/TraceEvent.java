package org.panscope.trace.event;

/// The vocabulary: everything a Panscope trace can say in its own words. Every permitted record is
/// declared once and all else (file schema, JSON, inspector, filters, `docs/events.md`) is derived
/// from it by [org.panscope.trace.schema.Vocabulary]. Events of foreign captures that have no
/// record here keep their own names and fields as dynamic types.
///
/// Component types: `long`, `int`, `boolean`, `String`, enums that are [Labelled], `byte[]`, and
/// the boxed or nullable forms of these where a value may be absent. A value never observed is
/// absent.
public sealed interface TraceEvent
        permits UserEvent,
                KernelEvent,
                SchedEvent,
                FirmwareEvent,
                SyncEvent,
                FenceEvent,
                XgsEvent,
                MemoryEvent,
                MarkEvent {}
