namespace Referrals.LocalServers;

/// <summary>The master key of tests, in the form of the setting <c>Referrals:MasterKeys:Text</c>.</summary>
public static class TestMasterKeys
{
    /// <summary>One key, for nothing but tests.</summary>
    public const string Text = "tests dGVzdHMtZ2V0LWEta2V5LW9mLXRoZWlyLW93bi0wMDE=";
}
