package org.panscope.app.cli;

import org.panscope.trace.io.Producer;

import picocli.CommandLine.IVersionProvider;

/// What `--version` prints.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {Producer.name()};
    }
}
