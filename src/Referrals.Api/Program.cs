using Referrals.Api;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddReferralsApi(builder.Configuration);
var app = builder.Build();
app.MapReferralsApi();
await app.RunAsync();
