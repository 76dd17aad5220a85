package org.syscope.capture.driver;

import java.io.IOException;

/** The classic driver against the same process: what it reports has to be the same. */
class ClassicCallsIT extends LiveCallsIT {

    @Override
    LiveTrace start(DriverOptions options) throws IOException, InterruptedException {
        return LiveTrace.classic(options, TestProbe.forThisKernel());
    }

    @Override
    String reportName() {
        return "classic-report.md";
    }
}
