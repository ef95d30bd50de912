namespace MesoClinic.Domain;

/// <summary>Longest texts that a record keeps, in UTF-16 code units. Validators and columns both read them.</summary>
public static class Limits
{
    public const int Name = 100;
    public const int Phone = 32;
    public const int Email = 254;
    public const int Code = 64;
    public const int Line = 200;
    public const int Text = 4000;
}
