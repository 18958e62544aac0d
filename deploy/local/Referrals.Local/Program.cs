// The whole product in one process, for one machine; started by ./run. Composes the parts and holds no logic.
using Referrals.Api;
using Referrals.Local;
using Referrals.Workers.Commands.Demo;
using Referrals.Workers.Commands.Network;
using Referrals.Workers.Hosting;

var builder = WebApplication.CreateBuilder(args);

// So that people see the addresses and what needs a look, not every queue. Who wants more sets Logging__LogLevel__Referrals.
builder.Logging.AddFilter(null, LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
builder.Services.AddReferralsWorkers(builder.Configuration);
builder.Services.AddReferralsApi(builder.Configuration);
var app = builder.Build();
app.MapReferralsApi();

var demo = app.Configuration.GetValue<bool>("Referrals:Demo");
var history = app.Configuration.GetValue<bool>("Referrals:History:Play");
IReadOnlyList<DemoPerson> people = [];
if (demo)
{
    Loopback.Require(app.Configuration);
    if (history)
    {
        await DemoCommand.PlayOnceAsync(app.Configuration, app.Lifetime.ApplicationStopping);
    }

    people = await DemoNetwork.LoadAsync(app.Configuration, app.Lifetime.ApplicationStopping);
}
else
{
    await DemoNetwork.LockAsync(app.Configuration, app.Lifetime.ApplicationStopping);
}

app.Lifetime.ApplicationStarted.Register(() => Welcome.Write(app.Urls, demo, people, history));
await app.RunAsync();
