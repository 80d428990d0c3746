package org.panscope.trace.io;

import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;

/// The contract, kept by a file of many small chunks.
class PscopeTraceTest extends TraceContract {
    private static final int CHUNK_EVENTS = 32;

    @TempDir private Path dir;

    @Override
    Trace write(Script script) throws IOException {
        Path path = dir.resolve("trace.pscope");
        try (PscopeWriter writer = PscopeWriter.create(path, RandomTrace.HEADER, CHUNK_EVENTS)) {
            script.writeTo(writer);
        }
        return PscopeReader.open(path);
    }
}
