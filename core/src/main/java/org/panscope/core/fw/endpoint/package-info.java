/// Endpoints: what runs jobs. Which there are, who may use them, who has them now, and when they
/// are powered. No public source says how firmware and hardware arbitrate between streams; what is
/// modelled follows kbase's and panthor's words for the configuration (panthor_fw.h: CSG_EP_REQ_*)
/// and is written down in `EndpointPool`.
@NullMarked
package org.panscope.core.fw.endpoint;

import org.jspecify.annotations.NullMarked;
