using Referrals.Workers.Commands;
using Referrals.Workers.Hosting;

// Without a command it is the workers' host, so that systemd and containers need none.
if (CommandLine.IsCommand(args))
{
    return await CommandLine.RunAsync(args);
}

await WorkersHost.Build(args is ["serve", .. var settings] ? settings : args).RunAsync();
return ExitCodes.Fine;
