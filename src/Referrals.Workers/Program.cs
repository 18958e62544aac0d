using Referrals.Workers.Hosting;

await WorkersHost.Build(args).RunAsync();
