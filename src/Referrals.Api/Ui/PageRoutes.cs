using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.WebEncoders;
using Referrals.Api.Security;
using Referrals.Api.Security.Looks;
using Referrals.Api.Security.SignIn;
using Referrals.Api.Ui.Live;
using Referrals.Api.Ui.Pages.AccessLog;
using Referrals.Api.Ui.Pages.Administration;
using Referrals.Api.Ui.Pages.Assignments;
using Referrals.Api.Ui.Pages.Capacity;
using Referrals.Api.Ui.Pages.Casework;
using Referrals.Api.Ui.Pages.Chains.Agreeing;
using Referrals.Api.Ui.Pages.Chains.Drawing;
using Referrals.Api.Ui.Pages.Chains.Trying;
using Referrals.Api.Ui.Pages.Escalations;
using Referrals.Api.Ui.Pages.Footer;
using Referrals.Api.Ui.Pages.Help;
using Referrals.Api.Ui.Pages.Inbox;
using Referrals.Api.Ui.Pages.MyAccount;
using Referrals.Api.Ui.Pages.Network;
using Referrals.Api.Ui.Pages.Notifications;
using Referrals.Api.Ui.Pages.Retention;
using Referrals.Api.Ui.Pages.Review;
using Referrals.Api.Ui.Pages.Settings;
using Referrals.Api.Ui.Pages.SignIn;
using Referrals.Api.Ui.Parts;

namespace Referrals.Api.Ui;

/// <summary>Every page.</summary>
internal static class PageRoutes
{
    /// <summary>Registers what pages need.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddAntiforgery(o =>
        {
            o.Cookie = new HostCookie("formular");
            o.SuppressXFrameOptionsHeader = true;
        });
        services.AddSingleton(PageSettings.From(configuration));
        services.AddSingleton<Words>();
        services.AddSingleton<NetworkNames>();
        services.AddSingleton<Dates>();
        InboxPages.Add(services);
        AssignmentPages.Add(services);
        CaseworkPages.Add(services);
        DraftPages.Add(services);
        ReviewPages.Add(services, configuration);
        AgreementPages.Add(services);
        RetentionPages.Add(services);
        services.TryAddScoped<Visitor>();
        LivePages.Add(services, configuration);
    }

    /// <summary>Maps them: those for anybody, and those for members of the network's organisations.</summary>
    public static void Map(WebApplication app)
    {
        PageAssets.Map(app);
        LivePages.Map(app);
        var pages = app.MapGroup("").WithMetadata(new PageRoute()).AddEndpointFilter(PageRequests.CheckTokenAsync).AddEndpointFilter(Frame.ReadFirstAsync).AddEndpointFilter(LookNotes.NoteAsync).ExcludeFromDescription();
        var open = pages.MapGroup("").AllowAnonymous();
        var members = pages.MapGroup("").RequireAuthorization(Policies.Member);
        FooterPages.Map(open);
        HelpPages.Map(open);
        SettingsPages.Map(open);
        SignInPages.Map(open);
        FirstFactorPages.Map(open);
        ExternalPages.Map(open, app.Services);
        AccountPages.Map(members);
        FactorPages.Map(members);
        SessionPages.Map(members);
        InboxPages.Map(members);
        AssignmentPages.Map(members);
        Pages.Assignments.Handover.HandoverEntries.Map(members);
        Pages.Assignments.Cards.CardDesk.Map(members);
        Pages.CardKeys.CardKeyPages.Map(members);
        CapacityPages.Map(members);
        NetworkPages.Map(members);
        TryPages.Map(members);
        EscalationPages.Map(members);
        CaseworkPages.Map(members);
        DraftPages.Map(members);
        ReviewPages.Map(members);
        AgreementPages.Map(members);
        AdministrationPages.Map(members);
        RetentionPages.Map(members);
        NotificationPages.Map(members);
        AccessLogPages.Map(members);
    }
}

/// <summary>Marks a form that can be sent in no wrong way and in no wrong state, such as the one that sets the language.</summary>
public sealed class NeverRefuses;

/// <summary>Marks the routes of pages.</summary>
public sealed class PageRoute;
