// Replays a DevTools recording in Chromium and prints what the page says at the end: node replay.mjs FLOW CHROMIUM SELECTOR
import { readFileSync } from "node:fs";
import { createRunner, parse, PuppeteerRunnerExtension } from "@puppeteer/replay";
import puppeteer from "puppeteer-core";

const [flow, executablePath, selector] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  const steps = parse(JSON.parse(readFileSync(flow, "utf8")));
  const runner = await createRunner(steps, new PuppeteerRunnerExtension(browser, page, { timeout: 5000 }));
  await runner.run();
  process.stdout.write(await page.$eval(selector, (said) => said.textContent));
} finally {
  await browser.close();
}
