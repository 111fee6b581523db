package io.switchgate.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.netty.resources.LoopResources;

import io.switchgate.SwitchgateApplication;

/**
 * Application that answers each line of its standard input with a line of figures.
 */
public final class ProbedGateway {

	static final String READY = "Ready: ";

	static final String FIGURES = "Figures: ";

	/**
	 * Line that asks for the peaks since the last line.
	 */
	static final String PEAKS = "peaks";

	/**
	 * Line that asks for the figures after a garbage collection.
	 */
	static final String REST = "rest";

	private static final PrintStream CONSOLE = System.out;

	private ProbedGateway() {
	}

	public static void main(String[] args) throws IOException {
		ConfigurableApplicationContext context = SpringApplication.run(SwitchgateApplication.class, args);
		LoopProbe loops = LoopProbe.start(context.getBean(LoopResources.class).onServer(true));
		MemoryProbe memory = MemoryProbe.start();
		CONSOLE.println(READY + "port=" + port(context, "local.server.port") + " management="
				+ port(context, "local.management.port"));
		BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		questions.lines()
			.map((question) -> question.equals(REST) ? rest(context)
					: "stall=" + loops.takeLongestMillis() + " " + memory.takePeaks())
			.forEach((answer) -> CONSOLE.println(FIGURES + answer));
		context.close();
	}

	private static String port(ConfigurableApplicationContext context, String property) {
		return context.getEnvironment().getRequiredProperty(property);
	}

	private static String rest(ConfigurableApplicationContext context) {
		System.gc();
		System.gc();
		// The leak detector reports leaks when another buffer is allocated.
		ByteBufAllocator.DEFAULT.buffer(1).release();
		return "stall=0 " + MemoryProbe.now() + " classes="
				+ ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() + " threads="
				+ ManagementFactory.getThreadMXBean().getThreadCount() + " meters="
				+ context.getBean(MeterRegistry.class).getMeters().size();
	}

}
