package io.switchgate.stock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;

/**
 * Starts what Spring Cloud Gateway configures by itself. No component scan finds beans
 * for it, and no stereotype lets the scan of ours find it.
 */
@EnableAutoConfiguration
public final class StockGateway {

	private StockGateway() {
	}

	public static void main(String[] args) {
		SpringApplication.run(StockGateway.class, args);
	}

}
