package org.panscope.core.uapi;

/// What a descriptor refers to, as it travels from process to process in an SCM_RIGHTS message.
public interface OpenFile {}
