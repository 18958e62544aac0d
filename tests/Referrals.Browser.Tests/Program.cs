using Referrals.Browser.Tests.Screenshots;

// With "screenshots" as first word the pictures of all pages are taken, else the tests run.
if (args is ["screenshots", .. var options])
{
    return await ScreenshotCommand.RunAsync(options);
}

return args.Any(a => a is "--server" or "--internal-msbuild-node")
    ? await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Referrals.Browser.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions)
    : await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
