package io.switchgate.drain;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Drains all tunnels before the servers stop. The framework's own graceful shutdown does
 * not know them and would cut them all at once. At this time readiness has already
 * changed; the management port keeps answering until later.
 */
final class DrainLifecycle implements SmartLifecycle {

	/**
	 * Stops after the beans of the application and before the servers: higher phases stop
	 * first.
	 */
	static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 512;

	private final Drains drains;

	private final DrainRequest request;

	private volatile boolean running;

	DrainLifecycle(Drains drains, DrainRequest request) {
		this.drains = drains;
		this.request = request;
	}

	@Override
	public void start() {
		this.drains.cancel(this.request.scope());
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.drains.start(this.request).whenComplete((state, error) -> callback.run());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
